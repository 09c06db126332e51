import { App, Button } from 'antd'
import { sayError } from './refusal-alert.tsx'

/**
 * Reports success and, where possible, offers to undo it for a while. The undo function must not depend on the calling component,
 * which may be removed by then.
 */
export function useDone() {
  const { message, notification } = App.useApp()
  return (text: string, undo?: () => Promise<unknown>) => {
    if (!undo) {
      message.success(text)
      return
    }
    const key = `done-${Date.now()}`
    const takeBack = () => {
      notification.destroy(key)
      undo().then(
        () => message.success('已撤销'),
        (error) => message.error(sayError(error)),
      )
    }
    notification.success({
      key,
      title: text,
      placement: 'bottomLeft',
      duration: 8,
      showProgress: true,
      actions: (
        <Button size="small" onClick={takeBack}>
          撤销
        </Button>
      ),
    })
  }
}

import { App, Button } from 'antd'
import { sayError } from './refusal-alert.tsx'

/**
 * Says that something is done and, where it can be taken back, offers that for a while. What takes it back must not rely
 * on the asking component: that may be gone by then.
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

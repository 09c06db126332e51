import { App, Button } from 'antd'

/** Says that something is done and, where it can be taken back, offers that for a while. */
export function useDone() {
  const { message, notification } = App.useApp()
  return (text: string, undo?: () => void) => {
    if (!undo) {
      message.success(text)
      return
    }
    const key = `done-${Date.now()}`
    const takeBack = () => {
      notification.destroy(key)
      undo()
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

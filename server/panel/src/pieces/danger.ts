import type { ModalFuncProps } from 'antd'

/** For a question before something is lost: the keyboard's focus is on the answer that keeps it. */
export const danger = {
  okButtonProps: { danger: true },
  focusable: { autoFocusButton: 'cancel' },
} satisfies ModalFuncProps

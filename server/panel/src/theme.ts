import type { ThemeConfig } from 'antd'

/** The panel's colours: dark green on a warm background, amber for emphasis. */
export const colours = {
  ink: '#14332a',
  inkSoft: '#1d4438',
  green: '#1f6b52',
  greenSoft: '#e8f0ea',
  amber: '#c47a26',
  /** Amber to be read: text needs more contrast than a figure does. */
  amberInk: '#96590f',
  amberSoft: '#fbf1e0',
  rust: '#b34a2c',
  slate: '#55697a',
  paper: '#f6f5f0',
  card: '#ffffff',
  line: '#e7e4da',
  text: '#1e2b26',
  textSoft: '#5f6a64',
} as const

const likesNoMotion = matchMedia('(prefers-reduced-motion: reduce)').matches

export const theme: ThemeConfig = {
  token: {
    motion: !likesNoMotion,
    colorPrimary: colours.green,
    colorSuccess: '#2c8a5f',
    colorWarning: colours.amberInk,
    colorError: colours.rust,
    colorInfo: colours.green,
    colorLink: colours.green,
    // The library's own lighten towards the pointer, until they cannot be read.
    colorPrimaryHover: '#2b7a5f',
    colorLinkHover: colours.inkSoft,
    colorErrorHover: '#963b20',
    colorErrorBg: '#fcf1ec',
    colorErrorBorder: '#ecc9bb',
    colorSuccessBg: '#eef6f0',
    colorSuccessBorder: '#c4dfcd',
    colorWarningBg: '#fdf6ea',
    colorWarningBorder: '#efd9b2',
    colorInfoBg: '#eef4f0',
    colorInfoBorder: '#cbdfd3',
    colorTextBase: colours.text,
    // The library's greys have too little contrast.
    colorTextTertiary: colours.textSoft,
    colorTextDescription: colours.textSoft,
    colorTextPlaceholder: '#66706a',
    colorBgLayout: colours.paper,
    colorBorderSecondary: colours.line,
    borderRadius: 8,
    fontSize: 14,
    fontFamily:
      "-apple-system, BlinkMacSystemFont, 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', 'Microsoft YaHei', 'Segoe UI', sans-serif",
  },
  components: {
    Layout: { siderBg: colours.ink, bodyBg: colours.paper },
    Menu: {
      darkItemBg: colours.ink,
      darkItemColor: 'rgba(246,241,228,.72)',
      darkItemHoverBg: colours.inkSoft,
      darkItemSelectedBg: '#2a5a4a',
      darkItemSelectedColor: '#fff7e6',
      itemHeight: 42,
      itemBorderRadius: 8,
    },
    Table: {
      headerBg: '#faf9f5',
      headerColor: colours.textSoft,
      cellPaddingBlock: 9,
      cellPaddingInlineSM: 14,
      headerSplitColor: 'transparent',
    },
    Select: { optionSelectedBg: colours.greenSoft },
    // The track of a switch that is off carries white words.
    Switch: { colorTextQuaternary: '#6b756f', colorTextTertiary: colours.textSoft },
    Card: { headerFontSize: 15, headerHeight: 50, bodyPadding: 20, headerPadding: 20 },
    Descriptions: { itemPaddingBottom: 10 },
  },
}

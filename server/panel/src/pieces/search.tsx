import { CloseCircleFilled, SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import type { SearchProps } from 'antd/es/input'

/** A search field whose two buttons, which show an icon alone, have names. */
export const Search = (props: SearchProps) => (
  <Input.Search
    allowClear={{ clearIcon: <CloseCircleFilled aria-label="清空" /> }}
    searchIcon={<SearchOutlined aria-label="搜索" />}
    {...props}
  />
)

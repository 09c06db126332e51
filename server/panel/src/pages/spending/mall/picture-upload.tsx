import { DeleteOutlined, UploadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Space, Upload } from 'antd'
import { call } from '../../../api/call.ts'
import { Picture } from '../../../pieces/picture.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { squarePicture } from './square-picture.ts'

interface Props {
  value?: string
  onChange?: (pictureUrl: string) => void
}

export function PictureUpload({ value = '', onChange }: Props) {
  const upload = useMutation({
    mutationFn: async (file: File) => call('POST /admin/pictures', { picture: await squarePicture(file) }),
    onSuccess: ({ pictureUrl }) => onChange?.(pictureUrl),
  })
  const take = (file: File) => {
    upload.mutate(file)
    // The library must not send the file; the picture goes through the contract.
    return false
  }
  return (
    <div className="upload">
      <Picture url={value} name="商品图片" sizePx={132} />
      <div>
        <Space>
          <Upload accept="image/png,image/jpeg,image/webp" showUploadList={false} beforeUpload={take}>
            <Button icon={<UploadOutlined />} loading={upload.isPending}>
              {value ? '换一张' : '上传图片'}
            </Button>
          </Upload>
          {value && (
            <Button type="text" icon={<DeleteOutlined />} onClick={() => onChange?.('')}>
              去掉
            </Button>
          )}
        </Space>
        <p className="soft small">
          会从正中裁成正方形，请选主体居中的照片；
          <br />
          JPG、PNG 或 WebP，边长 800 像素以上最清楚。
        </p>
        <RefusalAlert error={upload.error} />
      </div>
    </div>
  )
}

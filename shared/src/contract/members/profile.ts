import Type from 'typebox'
import { ofNamedMember, ofPicture } from '../common-refusals.ts'
import { Id, Name, PictureData, PictureUrl, Points, Reason, Revision, Text } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf } from '../http.ts'

/** `05-20`, or `1996-05-20` where the member tells the year too. */
export const Birthday = Type.String({ pattern: '^(\\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })

export const Profile = Exact({
  nickname: Type.String(),
  avatarUrl: PictureUrl,
  sex: OneOf('unknown', 'female', 'male'),
  birthday: Nullable(Birthday),
  address: Type.String(),
})

export const profileInput = {
  nickname: Maybe(Name(20)),
  sex: Maybe(OneOf('unknown', 'female', 'male')),
  address: Maybe(Text(120)),
}

export const profile = {
  'POST /me/profile': {
    for: 'member',
    large: true,
    summary: 'Change the profile; month and day of the birthday can be set once, its year is optional',
    body: Exact({
      ...profileInput,
      birthday: Maybe(Birthday),
      avatar: Maybe(PictureData),
    }),
    /** `earned`: points for having filled the last gap just now. */
    refusals: ['birthday.invalid', 'member.birthday-set', ...ofPicture, 'picture.limit-reached', 'points.too-many'],
    reply: Exact({ ...Profile.properties, earned: Points }),
  },
  'GET /me/profile/gift': {
    for: 'member',
    summary: 'What filling the gaps in the profile would give, and which they are; 0 points where no rule gives any',
    refusals: ['points.too-many'],
    reply: Exact({ points: Points, missing: Type.Array(OneOf('sex', 'birthday', 'address')) }),
  },
  'PATCH /admin/members/:memberId/profile': {
    for: 'admin',
    permission: 'members.edit',
    summary: 'Correct what a member has told of themselves, with a reason; `earned`: points for the last gap filled',
    params: Exact({ memberId: Id }),
    body: Exact({
      ...profileInput,
      /** Null takes a wrong birthday away. */
      birthday: Maybe(Nullable(Birthday)),
      reason: Reason,
      revision: Revision,
    }),
    refusals: [...ofNamedMember, 'birthday.invalid', 'edit.outdated', 'points.too-many'],
    reply: Exact({ earned: Points }),
  },
} satisfies Endpoints

export type ProfileApi = ApiOf<typeof profile>

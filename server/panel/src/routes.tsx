import { createBrowserRouter } from 'react-router'
import { Shell } from './layout/shell'
import { Loading } from './pieces/loading'
import { Broken, Lost } from './pieces/lost'

export const router = createBrowserRouter(
  [
    {
      errorElement: <Broken />,
      hydrateFallbackElement: <Loading />,
      children: [
        { path: '/login', lazy: () => import('./session/login-page') },
        {
          element: <Shell />,
          children: [
            {
              errorElement: <Broken />,
              children: [
                { path: '/', lazy: () => import('./pages/dashboard/page') },
                { path: '/members', lazy: () => import('./pages/members/page') },
                { path: '/members/:memberId', lazy: () => import('./pages/member/page') },
                { path: '*', element: <Lost /> },
              ],
            },
          ],
        },
      ],
    },
  ],
  { basename: '/panel' },
)

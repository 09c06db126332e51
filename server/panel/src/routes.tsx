import { createBrowserRouter } from 'react-router'
import { Shell } from './layout/shell.tsx'
import { Loading } from './pieces/loading.tsx'
import { Broken, Lost } from './pieces/lost.tsx'

export const router = createBrowserRouter(
  [
    {
      errorElement: <Broken />,
      hydrateFallbackElement: <Loading />,
      children: [
        { path: '/login', lazy: () => import('./session/login-page.tsx') },
        {
          element: <Shell />,
          children: [
            {
              errorElement: <Broken />,
              children: [
                { path: '/', lazy: () => import('./pages/dashboard/page.tsx') },
                { path: '/members', lazy: () => import('./pages/members/page.tsx') },
                { path: '/members/:memberId', lazy: () => import('./pages/member/page.tsx') },
                { path: '/policy', lazy: () => import('./pages/policy/page.tsx') },
                { path: '/policy/edit', lazy: () => import('./pages/policy-edit/page.tsx') },
                { path: '/policy/versions/:version', lazy: () => import('./pages/policy/version-page.tsx') },
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

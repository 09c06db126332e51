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
                { path: '/members/:memberId/statement', lazy: () => import('./pages/statement/page.tsx') },
                { path: '/policy', lazy: () => import('./pages/policy/page.tsx') },
                { path: '/policy/backtest', lazy: () => import('./pages/backtest/page.tsx') },
                { path: '/policy/edit', lazy: () => import('./pages/policy-edit/page.tsx') },
                { path: '/policy/presets', lazy: () => import('./pages/policy-presets/page.tsx') },
                { path: '/policy/versions/:version', lazy: () => import('./pages/policy/version-page.tsx') },
                { path: '/mall', lazy: () => import('./pages/mall/page.tsx') },
                { path: '/redemptions', lazy: () => import('./pages/redemptions/page.tsx') },
                { path: '/anomalies', lazy: () => import('./pages/anomalies/page.tsx') },
                { path: '/referrals', lazy: () => import('./pages/referrals/page.tsx') },
                { path: '/cases', lazy: () => import('./pages/cases/page.tsx') },
                { path: '/cases/:caseId', lazy: () => import('./pages/case/page.tsx') },
                { path: '/announcements', lazy: () => import('./pages/announcements/page.tsx') },
                { path: '/stores', lazy: () => import('./pages/stores/page.tsx') },
                { path: '/audit-log', lazy: () => import('./pages/audit-log/page.tsx') },
                { path: '/liability', lazy: () => import('./pages/liability/page.tsx') },
                { path: '/ledger', lazy: () => import('./pages/ledger/page.tsx') },
                { path: '/open-api', lazy: () => import('./pages/open-api/page.tsx') },
                { path: '/settings', lazy: () => import('./pages/settings/page.tsx') },
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

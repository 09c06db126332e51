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
                { path: '/', lazy: () => import('./pages/insight/dashboard/page.tsx') },
                { path: '/members', lazy: () => import('./pages/members/list/page.tsx') },
                { path: '/members/:memberId', lazy: () => import('./pages/members/member/page.tsx') },
                { path: '/leave-requests', lazy: () => import('./pages/members/leave-requests/page.tsx') },
                { path: '/members/:memberId/statement', lazy: () => import('./pages/points/statement/page.tsx') },
                { path: '/policy', lazy: () => import('./pages/points/policy/page.tsx') },
                { path: '/policy/backtest', lazy: () => import('./pages/points/back-test/page.tsx') },
                { path: '/policy/edit', lazy: () => import('./pages/points/policy-edit/page.tsx') },
                { path: '/policy/presets', lazy: () => import('./pages/points/policy-presets/page.tsx') },
                { path: '/policy/versions/:version', lazy: () => import('./pages/points/policy/version-page.tsx') },
                { path: '/mall', lazy: () => import('./pages/spending/mall/page.tsx') },
                { path: '/redemptions', lazy: () => import('./pages/spending/redemptions/page.tsx') },
                { path: '/anomalies', lazy: () => import('./pages/care/anomalies/page.tsx') },
                { path: '/referrals', lazy: () => import('./pages/earning/referrals/page.tsx') },
                { path: '/cases', lazy: () => import('./pages/care/cases/page.tsx') },
                { path: '/cases/:caseId', lazy: () => import('./pages/care/case/page.tsx') },
                { path: '/approvals', lazy: () => import('./pages/shop/approvals/page.tsx') },
                { path: '/announcements', lazy: () => import('./pages/shop/announcements/page.tsx') },
                { path: '/stores', lazy: () => import('./pages/shop/stores/page.tsx') },
                { path: '/accounts', lazy: () => import('./pages/shop/accounts/page.tsx') },
                { path: '/accounts/own', lazy: () => import('./pages/shop/own-account/page.tsx') },
                { path: '/audit-log', lazy: () => import('./pages/shop/audit-log/page.tsx') },
                { path: '/liability', lazy: () => import('./pages/points/liability/page.tsx') },
                { path: '/ledger', lazy: () => import('./pages/points/audit/page.tsx') },
                { path: '/open-api', lazy: () => import('./pages/connections/open-api/page.tsx') },
                { path: '/settings', lazy: () => import('./pages/shop/settings/page.tsx') },
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

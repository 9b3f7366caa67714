import type { Route } from '../route.ts';
import { type KeptSessionOptions, keptSessionRoute } from './kept-session.ts';
import { type LoginOptions, loginRoute } from './login.ts';
import { type LogoutOptions, logoutRoute } from './logout.ts';
import { meRoute } from './me.ts';
import { type PasswordOptions, passwordRoute } from './password.ts';
import { type RedeemOptions, redeemRoute } from './redeem.ts';
import { type TotpRouteOptions, totpRoutes } from './totp-routes.ts';

export type SessionOptions = LoginOptions &
  LogoutOptions &
  PasswordOptions &
  TotpRouteOptions &
  RedeemOptions &
  KeptSessionOptions;

/** Signing in and out, and how one signs in. */
export function sessionRoutes(options: SessionOptions): Route[] {
  return [
    loginRoute(options),
    logoutRoute(options),
    meRoute(options),
    passwordRoute(options),
    ...totpRoutes(options),
    redeemRoute(options),
    keptSessionRoute(options),
  ];
}

import { type Answer, json, refusal } from './answer';

/** The four shapes of Reltio's 403; none of them is a reason to refresh. */
export type ForbiddenShape = 'errorCode804' | 'accessDenied' | 'errorCode403' | 'empty';

export function forbidden(shape: ForbiddenShape): Answer {
  switch (shape) {
    case 'errorCode804':
      return json(403, {
        severity: 'Error',
        errorMessage: 'Security error. This endpoint is forbidden for current user.',
        errorCode: 804,
        errorDetailMessage: 'The user has no permission for the tenant.',
        innerErrorData: {},
      });
    case 'accessDenied':
      return refusal(403, 'access_denied', 'Access is denied');
    case 'errorCode403':
      return json(403, { errorCode: 403, errorMessage: 'Access is denied' });
    case 'empty':
      return { status: 403, headers: {}, body: '' };
  }
}

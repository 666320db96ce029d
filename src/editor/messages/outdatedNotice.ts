import { isWindowOutdated } from '../../core/base/failure';
import { showOutdated } from './lateMessages';

/** Shows, once in a window, that it is outdated: for work that the user has not started, and so does not see fail. */
export function outdatedNotice(): (error: unknown) => void {
  let isShown = false;
  return (error) => {
    if (!isShown && isWindowOutdated(error)) {
      isShown = true;
      void showOutdated();
    }
  };
}

/** What `windowOutdated` means. */
export const outdatedSentence =
  'Reltio Authentication was updated or removed while this window was open. Reload the window, then try again.';

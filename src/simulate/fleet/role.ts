/** What the user of a Mac does for a living; most of how the Mac behaves follows from it. */
export type Role =
  | 'developer'
  | 'designer'
  | 'sales'
  | 'finance'
  | 'executive'
  | 'scientist'
  | 'it'
  | 'support'
  | 'media'
  | 'ci';

/** Shapes on a grid of 24, drawn with a line of one width. */
const SHAPES = {
  send: 'M4 12 20 4l-5 16-4-6.5L4 12Zm7 1.5L20 4',
  attach: 'M19 11.5 11.6 19a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-7.8 7.8a1.5 1.5 0 0 1-2.2-2.2l7.2-7.2',
  more: 'M12 5.5v.01M12 12v.01M12 18.5v.01',
  add: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  reply: 'M9 7 4 12l5 5M4.5 12H14a6 6 0 0 1 6 6',
  edit: 'M4 20h4L19 9l-4-4L4 16v4ZM13 7l4 4',
  forward: 'm15 7 5 5-5 5M19.5 12H10a6 6 0 0 0-6 6',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  remove: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  pin: 'm9 4 6 0-1 6 3 3H7l3-3-1-6ZM12 13v7',
  comments: 'M4 5h16v11H10l-4 4v-4H4V5Z',
  chevron: 'm9 6 6 6-6 6',
  down: 'm6 9 6 6 6-6',
  play: 'M8 5v14l11-7L8 5Z',
  pause: 'M8 5v14M16 5v14',
  file: 'M6 3h8l4 4v14H6V3ZM14 3v4h4',
  place: 'M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11ZM12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5',
  people:
    'M9 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5c.8-3.5 3.3-4.7 6.5-4.700s5.7 1.2 6.5 4.700M16 5.200a3.5 3.5 0 0 1 0 6.600M18 15.200c1.8.6 3 1.9 3.5 4.3',
  channel: 'M4 10v4h3l8 4V6l-8 4H4ZM18.5 9.5a4 4 0 0 1 0 5',
  theme: 'M12 4a8 8 0 1 0 0 16V4ZM12 4a8 8 0 0 1 0 16',
  drawer: 'M3.5 12h4l2-6 4 12 2.5-6h4.5',
  eye: 'M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6ZM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  language: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM4 12h16M12 4c3 2.5 3 13.5 0 16-3-2.5-3-13.5 0-16Z',
  phone: 'M8 3h8v18H8zM11 18h2',
  photo: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.01',
  smile: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM8.5 14c1.8 2.6 5.2 2.6 7 0M9.5 9.5v.01M14.5 9.5v.01',
  mic: 'M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3ZM6 12a6 6 0 0 0 12 0M12 18v3',
  poll: 'M5 20V10M12 20V4M19 20v-6',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.700l1-1',
  stop: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM6.5 6.5l11 11',
} as const;

export type IconName = keyof typeof SHAPES;

/** A picture without words: what it means stands beside it, or in the label of the button around it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={SHAPES[name]} />
    </svg>
  );
}

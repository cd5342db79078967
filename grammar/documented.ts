/**
 * Whether the tables carry their documentation. Rows write `documented && {…}`: true everywhere but in the edge
 * function, whose build reads it as `false`, because 10 KB have no room for prose.
 */
export const documented = true as boolean

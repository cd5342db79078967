import { serveVectors } from '../../../transformer/vector/vector-child.ts'

// What tests fork in the place of the built Lambda.
serveVectors()

import createFetchClient from 'openapi-fetch'
import type { paths } from './types.ts'

/**
 * A client whose addresses, parameters, bodies and answers have the types of the OpenAPI document. It is this
 * file and `types.ts`, which `npm run openapi` writes: copy both, and install openapi-fetch.
 *
 * @param baseUrl the address of a server, such as https://cms.example.org
 * @param token for drafts and for writing; reading what is live needs none
 */
export function createClient(baseUrl: string, token?: string) {
  return createFetchClient<paths, 'application/json' | 'application/problem+json'>({
    baseUrl,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    querySerializer: { array: { style: 'form', explode: false } },
  })
}

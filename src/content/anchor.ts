import { z } from 'zod'

const part = z
  .object({
    exact: z.string().meta({ description: 'What stands there, with its Markdown.' }),
    prefix: z.string().meta({ description: 'Up to 32 characters before it.' }),
    suffix: z.string().meta({ description: 'Up to 32 characters behind it.' }),
    start: z.int().min(0).meta({ description: 'In Unicode code points of `body`, from 0.' }),
    end: z.int().min(1).meta({ description: 'Likewise; the first that is not of it.' }),
  })
  .meta({
    id: 'AnchorPart',
    description: 'A TextQuoteSelector and a TextPositionSelector of the W3C Web Annotation Data Model.',
  })

/** Where the words of a quote stand in the body of its article. */
export const anchor = z
  .object({
    state: z.enum(['exact', 'moved', 'lost']).meta({
      description:
        '`exact`: the words stand there as they are quoted; `moved`: words that are close to them do; `lost`: none.',
    }),
    parts: z.array(part).meta({
      description: 'One; several where the article interrupts the words; none of what is lost.',
    }),
  })
  .meta({
    id: 'Anchor',
    description:
      'Where the words stand in the `body` of the article, in the version that the same read sees.',
  })

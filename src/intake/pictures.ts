import type { Range } from './source.ts'

/** A picture on a page. */
export interface Picture {
  readonly url: string
  /** How much of the text stands before it. */
  readonly at: number
  readonly isInFigure: boolean
  /** The page's own, which its head names; it is shown nowhere. */
  readonly isOfHead: boolean
}

/** The address of the picture that the caption belongs to; without one, that of the first figure or of the first picture in the story. */
export function pictureOf(
  pictures: readonly Picture[],
  caption: Range | null,
  headlineAt: number,
): string | null {
  const shown = pictures.filter(({ isOfHead }) => !isOfHead)
  const ofCaption = caption && shown.findLast(({ at, isInFigure }) => isInFigure && at <= caption.from)
  const first = shown.find(({ isInFigure }) => isInFigure) ?? shown.find(({ at }) => at > headlineAt)
  return (ofCaption ?? first ?? pictures.find(({ isOfHead }) => isOfHead))?.url ?? null
}

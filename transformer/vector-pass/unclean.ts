/** Why a graphic cannot be passed on: no error of anyone's, since its pixels can still be drawn. */
export class Unclean extends Error {
  override readonly name = 'Unclean'
}

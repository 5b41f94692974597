const ADDRESS_CHARS_MAX = 254;
const ADDRESS =
  /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{N}-]{1,63}(\.[\p{L}\p{N}-]{1,63})+$/u;

/**
 * One e-mail address and nothing besides (RFC 5321, 4.1.2, without quoted names): no name, no list,
 * no line break that would begin another header.
 */
export const isEmailAddress = (text: string): boolean =>
  text.length <= ADDRESS_CHARS_MAX && ADDRESS.test(text);

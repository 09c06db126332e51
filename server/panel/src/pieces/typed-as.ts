/** A form's rule for text that the server cleans: what the server reads in it, the form takes, in any width and with invisible marks. */
export const typedAs = (clean: (text: string) => string, pattern: RegExp, message: string) => ({
  validator: (_: unknown, typed = '') =>
    pattern.test(clean(typed)) ? Promise.resolve() : Promise.reject(new Error(message)),
})

// @ts-check

/**
 * A promise that is rejected if it takes longer than ms.
 * @template T @param {number} ms @param {string} what @param {Promise<T>} promise @returns {Promise<T>}
 */
export function within(ms, what, promise) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`${what}: not done after ${ms} ms`)), ms)));
  return /** @type {Promise<T>} */ (Promise.race([promise, late]).finally(() => clearTimeout(timer)));
}

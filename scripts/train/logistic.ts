/** One example: the features it holds, with their values, and whether the answer is yes. */
export interface Example {
  features: Int32Array;
  values: Float64Array;
  yes: boolean;
  /** How much it counts; 1 is usual. */
  weight: number;
}

export interface Options {
  epochs: number;
  rate: number;
  /** Pulls every weight towards nought, a step. */
  decay: number;
  /** Of the order in which examples are looked at: the same seed gives the same weights. */
  seed: number;
}

/**
 * Logistic regression by AdaGrad: as many weights as there are features, the last one of them is
 * the bias, which every example holds with the value 1 and which is not decayed.
 */
export function regress(
  examples: readonly Example[],
  size: number,
  options: Options,
): Float64Array {
  const { epochs, rate, decay } = options;
  const weights = new Float64Array(size + 1);
  const squares = new Float64Array(size + 1).fill(1e-2);
  const random = createRandom(options.seed);
  const order = examples.map((_, at) => at);
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const at of order) {
      const example = examples[at] as Example;
      const { features, values } = example;
      const wrong =
        (1 / (1 + Math.exp(-score(weights, example))) - (example.yes ? 1 : 0)) * example.weight;
      for (let n = 0; n < features.length; n++) {
        step(features[n] as number, wrong * (values[n] as number), decay);
      }
      step(size, wrong, 0);
    }
  }
  return weights;

  function step(at: number, slope: number, pull: number): void {
    const gradient = slope + (pull * (weights[at] as number)) / total;
    squares[at] = (squares[at] as number) + gradient * gradient;
    weights[at] = (weights[at] as number) - (rate * gradient) / Math.sqrt(squares[at] as number);
  }
}

/** The log odds of yes. */
export function score(weights: Float64Array, { features, values }: Example): number {
  let sum = weights[weights.length - 1] as number;
  for (let n = 0; n < features.length; n++) {
    sum += (weights[features[n] as number] as number) * (values[n] as number);
  }
  return sum;
}

export function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] as number, order[at] as number];
  }
}

/** Mulberry32: from 0 to below 1. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

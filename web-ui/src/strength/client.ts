export interface Estimate { readonly score: 0|1|2|3|4; readonly weak: boolean; readonly reasons: readonly string[] }
export interface Strength { estimate(password: string, address: string | null): Promise<Estimate | null>; warm(): void }
export function createStrength(_service: string, _normalize: string): Strength { return { estimate: async () => null, warm() {} } }

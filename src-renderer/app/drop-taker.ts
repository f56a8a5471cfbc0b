import { useEffect, useEffectEvent } from 'react';

type TakeAssets = (assetIds: string[]) => void;

const takers: TakeAssets[] = [];

/** Who wants to know which assets files became that were dropped on the window; null: nobody. */
export function dropTaker(): TakeAssets | null {
  return takers.at(-1) ?? null;
}

/** Hears of assets made of dropped files for as long as the component is shown. */
export function useTakeDrops(take: TakeAssets): void {
  const takeLatest = useEffectEvent(take);
  useEffect(() => {
    const taker: TakeAssets = (assetIds) => takeLatest(assetIds);
    takers.push(taker);
    return () => void takers.splice(takers.indexOf(taker), 1);
  }, []);
}

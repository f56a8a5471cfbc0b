import { useEffect, useState } from 'react';

/** Whether something holds, and has held for a while; false again at once. */
export function useLasting(holds: boolean, delayMs: number): boolean {
  const [hasLasted, setHasLasted] = useState(false);
  useEffect(() => {
    if (!holds) return;
    const timer = setTimeout(() => setHasLasted(true), delayMs);
    return () => {
      clearTimeout(timer);
      setHasLasted(false);
    };
  }, [holds, delayMs]);
  return holds && hasLasted;
}

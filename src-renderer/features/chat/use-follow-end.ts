import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** So near to the end counts as being there. */
const nearPx = 48;

interface FollowEnd {
  scrollRef: RefObject<HTMLDivElement | null>;
  contentRef: RefObject<HTMLDivElement | null>;
  /** True while what comes next is out of sight. */
  isAway: boolean;
  goToEnd: () => void;
}

/** Keeps the end of a growing content in sight until the person scrolls away from it. */
export function useFollowEnd(): FollowEnd {
  const scrollRef = useRef<HTMLDivElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const [isAway, setIsAway] = useState(false);

  const goToEnd = useCallback(() => {
    const scroll = scrollRef.current;
    if (scroll === null) return;
    isFollowing.current = true;
    setIsAway(false);
    scroll.scrollTop = scroll.scrollHeight;
  }, []);

  useLayoutEffect(() => {
    const scroll = scrollRef.current;
    const content = contentRef.current;
    if (scroll === null || content === null) return;
    let lastTop = scroll.scrollTop;
    const handleScroll = () => {
      const isAtEnd = scroll.scrollHeight - scroll.clientHeight - scroll.scrollTop < nearPx;
      // Only moving up is a wish to stay: growth of the content moves the end away as well.
      if (isAtEnd) isFollowing.current = true;
      else if (scroll.scrollTop < lastTop - 1) isFollowing.current = false;
      lastTop = scroll.scrollTop;
      setIsAway(!isAtEnd && !isFollowing.current);
    };
    const follow = () => {
      if (isFollowing.current) scroll.scrollTop = scroll.scrollHeight;
    };
    const observer = new ResizeObserver(follow);
    observer.observe(content);
    observer.observe(scroll);
    scroll.addEventListener('scroll', handleScroll, { passive: true });
    return () => {
      observer.disconnect();
      scroll.removeEventListener('scroll', handleScroll);
    };
  }, []);
  return { scrollRef, contentRef, isAway, goToEnd };
}

import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';

/** The way back from what is opened out of the calendar. */
export function BackToCalendar() {
  return (
    <Link
      to="/calendar"
      className="-ml-2 flex h-7 w-fit items-center gap-1.5 rounded-md px-2 text-xs font-medium text-ink-soft hover:bg-hover hover:text-ink"
    >
      <ArrowLeft className="size-3.5" /> Calendar
    </Link>
  );
}

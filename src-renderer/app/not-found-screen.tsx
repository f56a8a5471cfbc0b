import { Link } from '@tanstack/react-router';
import { Signpost } from 'lucide-react';
import { EmptyState } from '../ui/empty-state.tsx';

export function NotFoundScreen() {
  return (
    <EmptyState icon={<Signpost />} title="There is nothing here">
      The link leads nowhere. Everything you have is in the{' '}
      <Link to="/library" className="text-accent underline">
        library
      </Link>
      .
    </EmptyState>
  );
}

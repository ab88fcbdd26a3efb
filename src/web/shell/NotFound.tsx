import { Link } from '@tanstack/react-router';
import { Notice } from '../ui/Notice.tsx';
import { words } from '../words/common.ts';

export const NotFound = () => (
  <Notice level="h1" title={words.shell.notFoundTitle} text={words.shell.notFound}>
    <Link to="/app/sessions" className="text-accent underline">
      {words.shell.toSessions}
    </Link>
  </Notice>
);

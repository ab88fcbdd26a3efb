import { Link, useParams } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';
import { useAccount } from '../account.tsx';
import { NotFound } from '../shell/NotFound.tsx';
import { arriving } from '../ui/arriving.ts';
import { Heading } from '../ui/Heading.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useInSight } from '../ui/useInSight.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { administrationWords } from '../words/administration.ts';
import { words } from '../words/common.ts';
import { ClientsSection } from './ClientsSection.tsx';
import { KeysSection } from './KeysSection.tsx';
import { UsersSection } from './UsersSection.tsx';

const SECTIONS: Readonly<Record<keyof typeof administrationWords.sections, ComponentType>> = {
  users: UsersSection,
  clients: ClientsSection,
  keys: KeysSection,
  webhooks: lazy(() =>
    arriving(() => import('./WebhooksSection.tsx').then((file) => ({ default: file.WebhooksSection }))),
  ),
  exercises: lazy(() =>
    arriving(() => import('./ExercisesSection.tsx').then((file) => ({ default: file.ExercisesSection }))),
  ),
  channels: lazy(() =>
    arriving(() => import('./ChannelsSection.tsx').then((file) => ({ default: file.ChannelsSection }))),
  ),
};

/** What only administrators of an organization see and change, and the channels, which everybody may look up. */
export function AdministrationView() {
  const { section } = useParams({ from: '/app/administration/$section' });
  const { mayAdminister } = useAccount();
  if (!mayAdminister && section !== 'channels')
    return <Notice level="h1" title={administrationWords.title} text={words.faults.forbidden} />;
  if (!(section in SECTIONS)) return <NotFound />;
  const Section = SECTIONS[section as keyof typeof SECTIONS];
  return (
    <div className="grid gap-4">
      <Heading title={administrationWords.sections[section as keyof typeof SECTIONS]}>
        {mayAdminister ? administrationWords.title : administrationWords.sections.channels}
      </Heading>
      {mayAdminister && <Sections shown={section} />}
      <Suspense fallback={<Waiting />}>
        <Section />
      </Suspense>
    </div>
  );
}

const Sections = ({ shown }: { shown: string }) => (
  <nav
    ref={useInSight(shown)}
    aria-label={administrationWords.title}
    className="flex gap-1 overflow-x-auto border-b border-line"
  >
    {Object.entries(administrationWords.sections).map(([name, text]) => (
      <Link
        key={name}
        to="/app/administration/$section"
        params={{ section: name }}
        activeOptions={{ includeSearch: false }}
        className="border-b-2 border-transparent px-3 py-2 whitespace-nowrap text-soft hover:text-ink"
        activeProps={{ className: 'border-accent! text-ink! font-medium' }}
        inactiveProps={{ className: 'no-print' }}
      >
        {text}
      </Link>
    ))}
  </nav>
);

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  Assessment,
  Athlete,
  ChannelEntry,
  Exercise,
  IkData,
  IkDataOptions,
  KinebaseClient,
  KinebaseError,
  Organization,
  Page,
  Report,
  ReportDataOptions,
  ReportFilters,
  ReportRow,
  ReportVersion,
  Session,
  SessionFilters,
} from '../sdk/index.ts';
import { keyOf, kinebaseKeys } from './keys.ts';

/**
 * What the hooks ask, as options of TanStack Query: also for `prefetchQuery`, `useSuspenseQuery` and whatever else takes
 * them. The client has tried again by itself before anything here fails.
 *
 * @example
 * await queryClient.prefetchQuery(kinebaseQueries.report(client, session.s3Key));
 */
export const kinebaseQueries = {
  /** The one that the account belongs to. */
  organization: (client: KinebaseClient) =>
    queryOptions<Organization, KinebaseError>({
      queryKey: keyOf(client, kinebaseKeys.organization()),
      queryFn: ({ signal }) => client.organization({ signal }),
      retry: false,
    }),
  athletes: (client: KinebaseClient, filters: { externalID?: string } = {}) =>
    queryOptions<Athlete[], KinebaseError>({
      queryKey: keyOf(client, kinebaseKeys.athletes(filters)),
      queryFn: ({ signal }) => client.athletes.list(filters, { signal }).all(),
      retry: false,
    }),
  assessments: (client: KinebaseClient, filters: { athleteID?: string } = {}) =>
    queryOptions<Assessment[], KinebaseError>({
      queryKey: keyOf(client, kinebaseKeys.assessments(filters)),
      queryFn: ({ signal }) => client.assessments.list(filters, { signal }).all(),
      retry: false,
    }),
  exercises: (client: KinebaseClient, filters: { name?: string } = {}) =>
    queryOptions<Exercise[], KinebaseError>({
      queryKey: keyOf(client, kinebaseKeys.exercises(filters)),
      queryFn: ({ signal }) => client.exercises.list(filters, { signal }).all(),
      retry: false,
    }),
  /** Page by page; `token`: behind the page that named it. */
  sessions: (client: KinebaseClient, filters: SessionFilters = {}, token: string | null = null) => {
    const asked = { limit: PAGE, ...filters };
    return infiniteQueryOptions({
      queryKey: keyOf(client, kinebaseKeys.sessions(token === null ? asked : { ...asked, token })),
      queryFn: async ({ pageParam, signal }): Promise<Page<Session>> =>
        client.sessions.list(asked, { token: pageParam, signal }),
      initialPageParam: token,
      getNextPageParam: ({ token }: Page<Session>) => token,
      retry: false,
    });
  },
  session: (client: KinebaseClient, id: string) =>
    queryOptions<Session, KinebaseError>({
      queryKey: keyOf(client, kinebaseKeys.session(id)),
      queryFn: ({ signal }) => client.sessions.get(id, { signal }),
      retry: false,
    }),
  /** Of the series of one recording; without an s3Key of everything that the organization knows. */
  channels: (client: KinebaseClient, s3Key?: string) =>
    queryOptions<ChannelEntry[], KinebaseError>({
      queryKey: keyOf(client, kinebaseKeys.channels(s3Key)),
      queryFn: ({ signal }) => client.channels.list(s3Key === undefined ? {} : { s3Key }, { signal }).all(),
      retry: false,
    }),
  /** Every report that a session ever had, newest first. */
  reports: (client: KinebaseClient, sessionId: string) =>
    queryOptions<ReportVersion[], KinebaseError>({
      queryKey: keyOf(client, kinebaseKeys.reports(sessionId)),
      queryFn: ({ signal }) => client.sessions.reports(sessionId, { signal }).all(),
      retry: false,
    }),
  report: (client: KinebaseClient, s3Key: string, options: Omit<ReportDataOptions, 'signal'> = {}) =>
    queryOptions<Report, KinebaseError>({
      queryKey: keyOf(client, kinebaseKeys.report(s3Key, options)),
      queryFn: ({ signal }) => client.reportData(s3Key, { ...options, signal }),
      retry: false,
    }),
  ikData: (client: KinebaseClient, s3Key: string, options: Omit<IkDataOptions, 'signal'> = {}) =>
    queryOptions<IkData, KinebaseError>({
      queryKey: keyOf(client, kinebaseKeys.ikData(s3Key, options)),
      queryFn: ({ signal }) => client.ikData(s3Key, { ...options, signal }),
      // Comparing a million numbers with those of before takes longer than drawing them.
      structuralSharing: false,
      retry: false,
    }),
  /** Lines of the reports of all sessions that match; with a `limit`, of so many. */
  reportRows: (client: KinebaseClient, filters: ReportFilters = {}) =>
    queryOptions<readonly ReportRow[], KinebaseError>({
      queryKey: keyOf(client, kinebaseKeys.reportRows(filters)),
      queryFn: async ({ signal }) => {
        const list = client.reports.list(filters, { signal });
        return filters.limit === undefined ? list.all() : (await list).items;
      },
      structuralSharing: false,
      retry: false,
    }),
};

/** Sessions that a screen is given at a time. */
const PAGE = 100;

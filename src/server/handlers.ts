import * as assessments from './assessments.ts';
import * as athletes from './athletes.ts';
import type { Handlers } from './call.ts';
import * as changes from './changes.ts';
import * as channels from './channels.ts';
import * as docs from './docs.ts';
import * as exercises from './exercises.ts';
import { exportTable } from './export/tables.ts';
import * as organizations from './organizations.ts';
import * as originals from './originals.ts';
import * as recomputation from './recomputation.ts';
import * as recordings from './recordings.ts';
import * as repetitions from './repetitions.ts';
import * as reportRows from './reportRows.ts';
import * as reports from './reports.ts';
import * as series from './series.ts';
import * as service from './service.ts';
import * as sessions from './sessions.ts';
import * as uploads from './uploads.ts';
import * as webApp from './webApp.ts';
import * as webhooks from './webhooks/endpoints.ts';

/** Which function answers which endpoint. */
export const HANDLERS: Handlers = {
  signIn: service.signIn,
  jwks: service.jwks,
  openidConfiguration: service.openidConfiguration,
  health: service.health,
  ready: service.ready,
  metrics: service.metrics,
  openapi: service.openapi,
  docs: docs.entry,
  docsFile: docs.file,
  home: webApp.home,
  webView: webApp.view,
  webFile: webApp.file,
  listAthletes: athletes.list,
  createAthlete: athletes.create,
  getAthlete: athletes.get,
  patchAthlete: athletes.patch,
  deleteAthlete: athletes.remove,
  listAssessments: assessments.list,
  createAssessment: assessments.create,
  getAssessment: assessments.get,
  patchAssessment: assessments.patch,
  deleteAssessment: assessments.remove,
  listExercises: exercises.list,
  createExercise: exercises.create,
  getExercise: exercises.get,
  patchExercise: exercises.patch,
  deleteExercise: exercises.remove,
  listChannels: channels.list,
  putChannel: channels.put,
  deleteChannel: channels.remove,
  listSessions: sessions.list,
  listSessionData: sessions.list,
  exportSessions: exportTable,
  recordSession: uploads.record,
  getSession: sessions.get,
  patchSession: sessions.patch,
  deleteSession: sessions.remove,
  listReports: reports.list,
  patchRepetitions: repetitions.patch,
  originalRecording: originals.original,
  originalLink: originals.link,
  recordingSummary: recordings.summary,
  ikData: series.ikData,
  reportData: reports.reportData,
  listReportRows: reportRows.list,
  videoExport: series.videoExport,
  changes: changes.list,
  getRecomputation: recomputation.get,
  startRecomputation: recomputation.start,
  ownOrganization: organizations.own,
  listOrganizations: organizations.list,
  createOrganization: organizations.create,
  listUsers: organizations.listUsers,
  createUser: organizations.createUser,
  patchUser: organizations.patchUser,
  deleteUser: organizations.deleteUser,
  listClients: organizations.listClients,
  createClient: organizations.createClient,
  patchClient: organizations.patchClient,
  deleteClient: organizations.deleteClient,
  listKeys: organizations.listKeys,
  createKey: organizations.createKey,
  deleteKey: organizations.deleteKey,
  listWebhooks: webhooks.list,
  createWebhook: webhooks.create,
  getWebhook: webhooks.get,
  patchWebhook: webhooks.patch,
  deleteWebhook: webhooks.remove,
  testWebhook: webhooks.test,
  listDeliveries: webhooks.deliveries,
  rotateWebhookSecret: webhooks.rotateSecret,
  rotateSigningKey: organizations.rotateSigningKey,
};

/** An athlete (or patient) of an organization, as `GET /athletes` answers it. */
export interface Athlete {
  /** Upper-case UUID, opaque; the value of `Athlete ID` in sessions and of the `athleteID` parameter. */
  ValorID: string;
  /** Never null; empty where unknown. */
  FirstName: string;
  /** Never null; empty where unknown. */
  LastName: string;
  /** The athlete's id in a system of yours, unique in the organization; null when none was given. */
  ExternalID: string | null;
}

/** Body of `POST /athletes` and, with every member optional, of `PATCH /athletes/{id}`. */
export interface AthleteInput {
  FirstName: string;
  LastName: string;
  ExternalID?: string | null;
  /** A UUID chosen by the client, or the id on another server, so that a repeated call creates nothing twice. Only on creation. */
  ValorID?: string;
}

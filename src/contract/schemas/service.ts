import { Type } from 'typebox';

/** Request of the sign-in door; which members count depends on X-Amz-Target, so the door checks them itself. */
export const SignInRequestSchema = Type.Object(
  {
    AuthFlow: Type.Optional(
      Type.String({ description: 'USER_PASSWORD_AUTH, USER_SRP_AUTH or REFRESH_TOKEN_AUTH' }),
    ),
    ClientId: Type.Optional(Type.String({ description: 'Id of the app client.' })),
    AuthParameters: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: '`USERNAME` and `PASSWORD`, or what the AuthFlow asks for.',
      }),
    ),
  },
  {
    examples: [
      {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: 'riverside',
        AuthParameters: { USERNAME: 'coach@riverside.example', PASSWORD: 'demo-movement-1' },
      },
    ],
  },
);

export const SignInAnswerSchema = Type.Object({
  AuthenticationResult: Type.Optional(
    Type.Object({
      IdToken: Type.String(),
      AccessToken: Type.String(),
      RefreshToken: Type.Optional(Type.String()),
      ExpiresIn: Type.Integer({ description: 'seconds' }),
      TokenType: Type.Literal('Bearer'),
    }),
  ),
  ChallengeName: Type.Optional(Type.String()),
  ChallengeParameters: Type.Optional(Type.Record(Type.String(), Type.String())),
  Session: Type.Optional(Type.String()),
});

export const JwksSchema = Type.Object({ keys: Type.Array(Type.Record(Type.String(), Type.String())) });
export const OpenidConfigurationSchema = Type.Object({ issuer: Type.String(), jwks_uri: Type.String() });
export const HealthSchema = Type.Object({ status: Type.String(), version: Type.String() });
export const OpenapiDocumentSchema = Type.Object({ openapi: Type.String() });
export const VideoExportSchema = Type.Object({ url: Type.String() });
export const SigningKeySchema = Type.Object({ KeyID: Type.String(), Created: Type.String() });

// The few calls that set a measurement up.
export const signIn = async (url, username, password, clientId) =>
  (await tokensOf(url, username, password, clientId)).IdToken;

export async function tokensOf(url, username, password, clientId) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()).AuthenticationResult;
}

export async function get(url, token, headers = {}) {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}`, ...headers } });
  if (!response.ok) throw new Error(`${url}: ${await response.text()}`);
  return response;
}

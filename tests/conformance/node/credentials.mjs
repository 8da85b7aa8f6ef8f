// Verifies credentials as a stranger does, with libraries that know nothing of us. Reads one JSON object from stdin:
//   {did, schema, lists: {url: token}, credentials: [token, ...]}
// and answers with one line for each: {signature, schema, status: [[purpose, set], ...], why}.
// Signature: npm jose. Schema: npm ajv. Status: npm @digitalbazaar/vc-bitstring-status-list, which calls a revoked
// credential "verified" as long as the list can be read: only the status itself counts.
import {readFileSync} from 'node:fs';
import {compactVerify, decodeProtectedHeader, importJWK} from 'jose';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const input = JSON.parse(readFileSync(0, 'utf8'));
const ajv = new Ajv2020({strict: false, allErrors: true});
addFormats(ajv);
const validate = input.schema ? ajv.compile(input.schema) : null;
const keys = new Map(input.did.verificationMethod.map(one => [one.id, one.publicKeyJwk]));

async function verified(token) {
  const header = decodeProtectedHeader(token);
  if(header.typ !== 'vc+jwt') {
    throw new Error(`typ is ${header.typ}`);
  }
  const jwk = keys.get(header.kid);
  if(!jwk) {
    throw new Error('the key is not in did.json');
  }
  const key = await importJWK(jwk, jwk.kty === 'OKP' ? 'EdDSA' : 'ES256');
  const {payload} = await compactVerify(token, key, {algorithms: ['EdDSA', 'ES256']});
  return JSON.parse(new TextDecoder().decode(payload));
}

async function statusOf(credential) {
  const documentLoader = async url => {
    if(!(url in input.lists)) {
      throw new Error(`no list at ${url}`);
    }
    return {document: await verified(input.lists[url]), documentUrl: url};
  };
  const result = await checkStatus({credential, documentLoader, verifyBitstringStatusListCredential: false});
  if(!result.verified) {
    throw result.error;
  }
  return result.results.map(one => [one.credentialStatus.statusPurpose, one.status]);
}

const answers = [];
for(const token of input.credentials) {
  const answer = {signature: false, schema: false, status: [], why: ''};
  try {
    const credential = await verified(token);
    answer.signature = true;
    answer.schema = validate ? validate(credential) : true;
    answer.why = answer.schema ? '' : ajv.errorsText(validate.errors);
    answer.status = await statusOf(credential);
  } catch(error) {
    answer.why = String(error && error.message || error);
  }
  answers.push(answer);
}
console.log(JSON.stringify(answers));

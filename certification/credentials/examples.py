"""How anybody checks a credential without us, on the pages for developers. A test runs it on a certificate."""

PYTHON = '''# pip install "pyjwt[crypto]"
import base64, datetime, gzip, json, pathlib, sys, urllib.request
import jwt

SCHEME = "DID"  # whom you trust: the file does not get to say
get = lambda url: urllib.request.urlopen(url).read().decode()
ring = {one["id"]: one["publicKeyJwk"]
        for one in json.loads(get("BASE/.well-known/did.json"))["verificationMethod"]}

def signed(token):
    """What the scheme signed; an exception for anything else."""
    kid = jwt.get_unverified_header(token)["kid"]
    if kid.partition("#")[0] != SCHEME:
        raise ValueError("not issued by this scheme")
    return jwt.decode(token, jwt.PyJWK(ring[kid]).key, algorithms=["EdDSA", "ES256"])

def is_set(entry):
    """Whether the status list holds a 1 at the place of this credential."""
    packed = signed(get(entry["statusListCredential"]))["credentialSubject"]["encodedList"][1:]
    bits = gzip.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    place = int(entry["statusListIndex"])
    return bool(bits[place // 8] >> (7 - place % 8) & 1)

told = signed(pathlib.Path(sys.argv[1]).read_text().strip())
entries = told["credentialStatus"]
stops = [one["statusPurpose"] for one in (entries if isinstance(entries, list) else [entries]) if is_set(one)]
if told["validUntil"] < datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"):
    stops.append("expired")
print(told["credentialSubject"]["conformityCertificate"]["linkURL"], stops or "holds")'''
JAVASCRIPT = """// node check.mjs certificate.jwt
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const SCHEME = "DID";  // whom you trust: the file does not get to say
const get = async (url) => (await fetch(url)).text();
const read = (part) => JSON.parse(Buffer.from(part, "base64url").toString());
const methods = JSON.parse(await get("BASE/.well-known/did.json")).verificationMethod;
const ring = new Map(methods.map((one) => [one.id, one.publicKeyJwk]));

function signed(token) {  // what the scheme signed; an error for anything else
  const [head, body, signature] = token.split(".");
  const jwk = ring.get(read(head).kid);
  if (!jwk || !read(head).kid.startsWith(SCHEME + "#")) throw new Error("not issued by this scheme");
  const key = { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" };
  const hash = jwk.kty === "OKP" ? null : "sha256";  // EdDSA or ES256: the key decides, not the file
  if (!verify(hash, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"))) {
    throw new Error("altered");
  }
  return read(body);
}

async function isSet(entry) {  // whether the status list holds a 1 at the place of this credential
  const list = signed(await get(entry.statusListCredential)).credentialSubject.encodedList;
  const place = Number(entry.statusListIndex);
  return ((gunzipSync(Buffer.from(list.slice(1), "base64url"))[place >> 3] >> (7 - (place & 7))) & 1) === 1;
}

const told = signed(readFileSync(process.argv[2], "utf8").trim());
const stops = [];
for (const entry of [told.credentialStatus].flat()) if (await isSet(entry)) stops.push(entry.statusPurpose);
if (new Date(told.validUntil) < new Date()) stops.push("expired");
console.log(told.credentialSubject.conformityCertificate.linkURL, stops.join(", ") || "holds");"""
FETCH = """# the credential of a certificate, and the one with both status lists in it
curl -s -H "Accept: application/vc+jwt" BASE/verify/NUMBER/ > certificate.jwt
curl -s "BASE/credentials/ID/?profile=w3c" > certificate-w3c.jwt"""


def text_of(code: str, base: str, did: str) -> str:
    """An example with this server's address and identifier."""
    return code.replace("BASE", base).replace("DID", did)

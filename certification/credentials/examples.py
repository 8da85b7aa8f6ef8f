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
FETCH = """# the credential of a certificate, and the one with both status lists in it
curl -s -H "Accept: application/vc+jwt" BASE/verify/NUMBER/ > certificate.jwt
curl -s "BASE/credentials/ID/?profile=w3c" > certificate-w3c.jwt"""


def text_of(code: str, base: str, did: str) -> str:
    """An example with this server's address and identifier."""
    return code.replace("BASE", base).replace("DID", did)

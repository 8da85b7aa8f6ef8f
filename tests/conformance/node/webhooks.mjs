// npm standardwebhooks reads messages: stdin [{secret, headers, body}], stdout [true | why not].
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const read = ({ secret, headers, body }) => {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch (error) {
    return String(error.message);
  }
};
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));

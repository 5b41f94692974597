/** One board at a real serial port, wired as sim/walls/demo.toml; the files lie in `folder`. */
export const demoSite = (folder: string): string => `
[site]
id = "LOC001"
name = "Market Square"
address = "Market Square 5"
city = "Lindau"
timeZone = "Europe/Berlin"
helpPhone = "+49 8382 123456"

[database]
path = "${folder}/lockerd.db"

[keys]
path = "${folder}/device.key"

[[buses]]
name = "main"
port = "${folder}/main"

[[buses.boards]]
id = "A"
address = 1
family = "line"
channels = 15

[[lockers]]
id = "LOCK001"

[[lockers.rows]]
from = 1
to = 15
size = "S"
board = "A"
firstChannel = 1
doorContact = "closed-when-shut"
`;

"""Plays the whole story through the Python client of README.md; PythonClientTests compares what it says.

Usage: scenario.py README HOST PORT TOKEN PROTOSET
"""
import re
import sys

readme, host, port, token, protoset = sys.argv[1:]
client_source, example_source = re.findall(r"```python\n(.*?)```", open(readme).read(), re.S)
assert len(client_source.strip().splitlines()) <= 45, "the README promises about 40 lines"
exec(client_source)

MANAGER, PUBLISHED, SIP, VOICE, SMS = 3, 2, 3, 1, 2


def refused(method, key="", **fields):
    try:
        lk.call(method, key, **fields)
    except RuntimeError as refusal:
        return str(refusal)
    return "not refused"


admin = Linekeeper(host, int(port), token, protoset)
workspace = admin.call("AdminService/CreateWorkspace", name="Acme").workspace
secret = admin.call("AdminService/IssueToken", role=MANAGER, workspace_id=workspace.workspace_id).secret
print("workspace", workspace.name)

lk = Linekeeper(host, int(port), secret, protoset)
agents = [{"agent_id": "ada", "name": "Ada", "status": PUBLISHED}, {"agent_id": "bob", "name": "Bob", "status": PUBLISHED}]
print("agents", lk.call("AssignmentService/PutAgents", agents=agents).created)
connection = lk.call("CarrierService/ConnectCarrier", carrier=SIP, name="Trunk",
                     credentials={"termination_uri": "sip.example.com", "transport": "TLS"}).connection
numbers = [{"e164": f"+141555501{n:02}", "capabilities": [VOICE, SMS]} for n in range(25)]
imported = lk.call("CarrierService/ImportNumbers", key="import 1", connection_id=connection.connection_id, numbers=numbers)
print("imported", len(imported), "of", imported[-1].total, {item.outcome for item in imported})
number = imported[0].number_id

saved = lk.call("AssignmentService/UpdateAssignments", number_id=number, inbound={"agent_id": "ada"},
                outbound={"agent_id": "ada"}, sms={"agent_id": "ada"})
print("assigned", saved.number.assignments.outbound.agent_name, [warning.code for warning in saved.warnings])
route = lk.call("AssignmentService/RouteInbound", called_e164="+14155550100", channel=VOICE)
print("routed", route.agent_name, route.ring_timeout_seconds)
print("authorized", lk.call("AssignmentService/AuthorizeOutbound", agent_id="ada", to_e164="+4930123456").from_e164)
print(refused("AssignmentService/UpdateAssignments", number_id=number, sms={"agent_id": "bob"}))

lk.call("AssignmentService/SetOutboundEnabled", key="off 1", number_ids=[number], enabled=False)
print(refused("AssignmentService/AuthorizeOutbound", agent_id="ada", to_e164="+4930123456"))
print("still routed", lk.call("AssignmentService/RouteInbound", called_e164="14155550100", channel=SMS).agent_id)
lk.call("AssignmentService/SetOutboundEnabled", number_ids=[number], enabled=True)
print("on again", lk.call("AssignmentService/AuthorizeOutbound", agent_id="ada", to_e164="+4930123456").from_e164)
lk.call("AssignmentService/SetOutboundLock", whole_workspace=True, locked=True, reason="incident 7")
print(refused("AssignmentService/AuthorizeOutbound", agent_id="ada", to_e164="+4930123456"))
print(refused("AssignmentService/SetOutboundEnabled", key="off 1", number_ids=[number], enabled=True))
print(refused("AdminService/ListTokens"))

# The second block of the README, on this server.
exec(example_source.replace("7411", port).replace("127.0.0.1", host)
     .replace('open("var/admin.token").read().strip()', "token").replace("token)", "token, protoset)"))

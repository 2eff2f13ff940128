import LinekeeperProto
import LinekeeperTestSupport

/// A good request for every method, as JSON in which `$name` stands for a value of ``Scene``.
///
/// Together the requests of a method must set every field that can name something of a workspace;
/// ``TenantTests`` sees to that.
enum Requests {
    /// What a field can name.
    enum Kind: Hashable, CaseIterable {
        case workspace, number, e164, connection, agent, token, order, message

        /// What a field of this name names; `nil` when it names nothing of a workspace.
        init?(field: String) {
            switch field {
            case "workspace_id": self = .workspace
            case "number_id", "number_ids": self = .number
            case "connection_id": self = .connection
            case "token_id": self = .token
            case "order_id", "order_ids": self = .order
            case "message_id", "carrier_message_id": self = .message
            case "from", "to", "forwarded_from": self = .e164
            default:
                if field.hasSuffix("e164") || field.hasSuffix("e164s") {
                    self = .e164
                } else if field.hasSuffix("agent_id") {
                    self = .agent
                } else {
                    return nil
                }
            }
        }
    }

    static let byMethod: [String: [String]] = assignment.merging(number) { $1 }
        .merging(carrier) { $1 }.merging(admin) { $1 }.merging(platform) { $1 }

    private static let assignment: [String: [String]] = [
        Method.assignment("RouteInbound"): [
            """
            {"calledE164": "$e164", "callerE164": "+12125550100", "forwardedFrom": "+12125550101",
             "channel": "VOICE"}
            """
        ],
        Method.assignment("AuthorizeOutbound"): [
            """
            {"workspaceId": "$workspace", "agentId": "$agent", "toE164": "+12125550100",
             "initiator": "API"}
            """,
            """
            {"workspaceId": "$workspace", "fromE164": "$e164", "toE164": "+12125550100"}
            """,
        ],
        Method.assignment("ResolveSmsSender"): [
            #"{"workspaceId": "$workspace", "agentId": "$agent"}"#
        ],
        Method.assignment("UpdateAssignments"): [
            """
            {"workspaceId": "$workspace", "numberId": "$number", "inbound": {"clear": true},
             "outbound": {"agentId": "$agent"}, "sms": {"clear": true}}
            """,
            """
            {"workspaceId": "$workspace", "numberId": "$number", "inbound": {"agentId": "$agent"},
             "outbound": {"agentId": "$agent"}, "sms": {"agentId": "$agent"}}
            """,
        ],
        Method.assignment("GetAgentNumbers"): [
            #"{"workspaceId": "$workspace", "agentId": "$agent"}"#
        ],
        Method.assignment("ListAssignableAgents"): [
            #"{"workspaceId": "$workspace", "numberId": "$number", "profile": "SMS"}"#
        ],
        Method.assignment("ListAssignableNumbers"): [
            #"{"workspaceId": "$workspace", "agentId": "$agent", "profile": "SMS"}"#
        ],
        Method.assignment("SetOutboundEnabled"): [
            """
            {"workspaceId": "$workspace", "numberIds": ["$number"], "enabled": false,
             "reason": "incident 7"}
            """
        ],
        Method.assignment("SetOutboundLock"): [
            """
            {"workspaceId": "$workspace", "numberIds": ["$free"], "e164s": ["$freeE164"],
             "locked": true, "reason": "incident 7"}
            """,
            """
            {"workspaceId": "$workspace", "numberIds": ["$free"], "e164s": ["$freeE164"],
             "locked": false}
            """,
        ],
        Method.assignment("ListOutboundOptions"): [#"{"workspaceId": "$workspace"}"#],
        Method.assignment("WatchRoutes"): [#"{"workspaceId": "$workspace"}"#],
        Method.assignment("DiagnoseNumber"): [
            #"{"workspaceId": "$workspace", "numberId": "$free", "use": "INBOUND"}"#
        ],
        Method.assignment("PutAgents"): [
            """
            {"workspaceId": "$workspace", "agents": [{"agentId": "new", "name": "New",
             "status": "PUBLISHED", "inboundE164": "$e164", "outboundE164": "$e164",
             "smsE164": "$e164"}]}
            """
        ],
        Method.assignment("DeleteAgent"): [
            #"{"workspaceId": "$workspace", "agentId": "$doomedAgent"}"#
        ],
        Method.assignment("ListAgents"): [#"{"workspaceId": "$workspace"}"#],
    ]

    private static let number: [String: [String]] = [
        Method.number("ListNumbers"): [
            """
            {"workspaceId": "$workspace", "filter": {"connectionId": "$connection",
             "agentId": "$agent"}}
            """
        ],
        Method.number("GetNumber"): [
            #"{"workspaceId": "$workspace", "numberId": "$number"}"#,
            #"{"workspaceId": "$workspace", "e164": "$e164"}"#,
        ],
        Method.number("UpdateNumber"): [
            """
            {"workspaceId": "$workspace", "numberId": "$number", "label": "Front desk",
             "fallback": {"agentId": "$agent"}}
            """,
            """
            {"workspaceId": "$workspace", "numberId": "$number",
             "fallback": {"forwardToE164": "+12125550100"},
             "forwardedFrom": {"e164s": ["+12125550101"]}}
            """,
        ],
        Method.number("ListSources"): [#"{"workspaceId": "$workspace"}"#],
        Method.number("ListCountries"): [#"{"workspaceId": "$workspace", "source": "IMPORT"}"#],
        Method.number("ListAreaCodes"): [
            #"{"workspaceId": "$workspace", "source": "MARKETPLACE", "countryCode": "US"}"#
        ],
        Method.number("SearchAvailable"): [
            #"{"workspaceId": "$workspace", "source": "MARKETPLACE", "countryCode": "US"}"#
        ],
        Method.number("PurchaseNumbers"): [
            #"{"workspaceId": "$workspace", "source": "MARKETPLACE", "e164s": ["+12125550100"]}"#
        ],
        Method.number("GetOrder"): [#"{"workspaceId": "$workspace", "orderId": "$order"}"#],
        Method.number("ListOrders"): [#"{"workspaceId": "$workspace"}"#],
        Method.number("ProcessOrders"): [#"{"workspaceId": "$workspace", "orderIds": ["$order"]}"#],
        Method.number("WatchOrders"): [#"{"workspaceId": "$workspace", "orderIds": ["$order"]}"#],
        Method.number("ListRegions"): [#"{"workspaceId": "$workspace", "numberId": "$number"}"#],
        Method.number("ReleaseNumber"): [
            """
            {"workspaceId": "$workspace", "numberId": "$doomed", "confirmE164": "$doomedE164"}
            """
        ],
        Method.number("CancelRelease"): [
            #"{"workspaceId": "$workspace", "numberId": "$releasing"}"#
        ],
        Method.number("GetCredits"): [#"{"workspaceId": "$workspace"}"#],
        Method.number("ListCreditEntries"): [#"{"workspaceId": "$workspace"}"#],
        Method.number("RecordMessages"): [
            """
            {"workspaceId": "$workspace", "messages": [{"direction": "INBOUND",
             "from": "+12125550100", "to": "$e164", "body": "Hello", "agentId": "$agent",
             "numberId": "$number", "messageId": "none", "carrierMessageId": "mine"}]}
            """,
            """
            {"workspaceId": "$workspace", "messages": [{"direction": "OUTBOUND",
             "from": "$e164", "to": "+12125550100", "body": "Hello"}]}
            """,
        ],
        Method.number("ListMessages"): [
            """
            {"workspaceId": "$workspace", "filter": {"numberId": "$number", "agentId": "$agent"}}
            """
        ],
        Method.number("GetForwardingInstructions"): [
            #"{"workspaceId": "$workspace", "numberId": "$number"}"#
        ],
        Method.number("ListEvents"): [
            """
            {"workspaceId": "$workspace", "filter": {"numberId": "$number", "agentId": "$agent"}}
            """
        ],
    ]

    private static let credentials =
        #""credentials": {"termination_uri": "sip.example.com", "transport": "TLS"}"#

    private static let carrier: [String: [String]] = [
        Method.carrier("ListCarriers"): [#"{"workspaceId": "$workspace"}"#],
        Method.carrier("ValidateCredentials"): [
            #"{"workspaceId": "$workspace", "carrier": "SIP", \#(credentials)}"#
        ],
        Method.carrier("ConnectCarrier"): [
            #"{"workspaceId": "$workspace", "carrier": "SIP", "name": "New", \#(credentials)}"#
        ],
        Method.carrier("ListConnections"): [#"{"workspaceId": "$workspace"}"#],
        Method.carrier("GetConnection"): [
            #"{"workspaceId": "$workspace", "connectionId": "$connection"}"#
        ],
        Method.carrier("UpdateConnection"): [
            #"{"workspaceId": "$workspace", "connectionId": "$connection", "name": "Renamed"}"#,
            #"{"workspaceId": "$workspace", "connectionId": "$connection", \#(credentials)}"#,
        ],
        Method.carrier("ListImportableNumbers"): [
            #"{"workspaceId": "$workspace", "connectionId": "$connection"}"#
        ],
        Method.carrier("ImportNumbers"): [
            """
            {"workspaceId": "$workspace", "connectionId": "$connection", "numbers": [
             {"e164": "+12125550177", "capabilities": ["VOICE", "SMS"],
              "inboundAgentId": "$spareAgent", "outboundAgentId": "$spareAgent",
              "smsAgentId": "$spareAgent"}]}
            """
        ],
        Method.carrier("SyncConnection"): [
            #"{"workspaceId": "$workspace", "connectionId": "$connection"}"#
        ],
        Method.carrier("PreviewDisconnect"): [
            #"{"workspaceId": "$workspace", "connectionId": "$connection"}"#
        ],
        Method.carrier("DisconnectCarrier"): [
            """
            {"workspaceId": "$workspace", "connectionId": "$spare",
             "confirmToken": "$confirmation"}
            """
        ],
    ]

    private static let admin: [String: [String]] = [
        Method.admin("CreateWorkspace"): [#"{"name": "New"}"#],
        Method.admin("GetWorkspace"): [#"{"workspaceId": "$workspace"}"#],
        Method.admin("ListWorkspaces"): ["{}"],
        Method.admin("UpdateWorkspace"): [#"{"workspaceId": "$workspace", "name": "Renamed"}"#],
        Method.admin("DeleteWorkspace"): [
            #"{"workspaceId": "$doomedWorkspace", "confirmName": "Doomed"}"#
        ],
        Method.admin("GrantCredits"): [#"{"workspaceId": "$workspace", "credits": "100"}"#],
        Method.admin("IssueToken"): [#"{"workspaceId": "$workspace", "role": "VIEWER"}"#],
        Method.admin("ListTokens"): [#"{"workspaceId": "$workspace"}"#],
        Method.admin("RevokeToken"): [#"{"tokenId": "$doomedToken"}"#],
        Method.admin("ListPrices"): ["{}"],
        Method.admin("SetPrice"): [
            #"{"price": {"countryCode": "DE", "type": "MOBILE", "monthlyCostCredits": "700"}}"#
        ],
        Method.admin("DeletePrice"): [#"{"countryCode": "DE", "type": "MOBILE"}"#],
        Method.admin("GetServerStatus"): ["{}"],
    ]

    private static let platform: [String: [String]] = [
        "/grpc.health.v1.Health/Check": ["{}"],
        "/grpc.health.v1.Health/Watch": ["{}"],
        "/linekeeper.rpc.v1.Reflection/GetDescriptors": ["{}"],
    ]
}

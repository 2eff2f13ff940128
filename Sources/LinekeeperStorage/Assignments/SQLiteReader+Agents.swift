package import LinekeeperCore

extension SQLiteReader: AgentReader {
    package func agent(
        _ id: AgentID, in workspace: WorkspaceKey
    ) throws(DomainError) -> AgentRecord? {
        try connection.first(AgentByID(id: id, workspace: workspace))
    }

    package func agents(
        in workspace: WorkspaceKey, matching filter: AgentFilter, page: Page
    ) throws(DomainError) -> PageOf<AgentRecord> {
        PageOf(
            fetched: try connection.all(
                AgentsAfter(workspace: workspace, filter: filter, page: page)),
            size: page.size
        ) { PagePosition(sortValue: $0.facts.name, rowKey: $0.facts.key.rawValue) }
    }

    package func numberChoice(
        _ id: NumberID, in workspace: WorkspaceKey
    ) throws(DomainError) -> NumberChoice? {
        try connection.first(NumberChoiceByID(id: id, workspace: workspace))
    }

    package func numberChoices(
        in workspace: WorkspaceKey, page: Page
    ) throws(DomainError) -> PageOf<NumberChoice> {
        PageOf(
            fetched: try connection.all(NumberChoicesAfter(workspace: workspace, page: page)),
            size: page.size
        ) { PagePosition(sortValue: $0.facts.e164.description, rowKey: $0.facts.key.rawValue) }
    }

    package func exclusivity(
        of workspace: WorkspaceKey
    ) throws(DomainError) -> NumberExclusivity? {
        try connection.first(ExclusivityOfWorkspace(workspace: workspace))
    }

    package func outboundChoices(
        in workspace: WorkspaceKey, page: Page
    ) throws(DomainError) -> PageOf<OutboundChoice> {
        PageOf(
            fetched: try connection.all(OutboundChoicesAfter(workspace: workspace, page: page)),
            size: page.size
        ) { $0.position }
    }
}

extension PageOf {
    /// A page from rows of which one more was asked for than it holds: that one tells whether the
    /// list goes on.
    fileprivate init(fetched: [Row], size: Int, position: (Row) -> PagePosition) {
        let rows = Array(fetched.prefix(size))
        self.init(rows: rows, next: fetched.count > size ? rows.last.map(position) : nil)
    }
}

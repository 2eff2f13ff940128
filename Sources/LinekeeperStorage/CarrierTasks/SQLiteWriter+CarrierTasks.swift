package import LinekeeperCore

extension SQLiteWriter: CarrierTaskWriter {
    @discardableResult
    package func insertCarrierTask(
        number: NumberKey, workspace: WorkspaceKey, kind: CarrierTaskKind, detailsJSON: String,
        dueAt: Timestamp
    ) throws(DomainError) -> CarrierTaskKey {
        try connection.run(DeleteCarrierTaskOfKind(kind: kind, number: number))
        try connection.run(
            InsertCarrierTask(
                number: number, workspace: workspace, kind: kind, details: detailsJSON,
                dueAt: dueAt, createdAt: request.at))
        return CarrierTaskKey(rawValue: connection.lastInsertRowID)
    }

    package func isBeingGivenBack(_ e164: E164) throws(DomainError) -> Bool {
        try connection.first(ReleaseTaskOf(e164: e164)) != nil
    }

    package func carrierTask(_ key: CarrierTaskKey) throws(DomainError) -> CarrierTask? {
        try connection.first(CarrierTaskByKey(key: key))
    }

    package func carrierTasks(of number: NumberKey) throws(DomainError) -> [CarrierTask] {
        try connection.all(CarrierTasksOfNumber(number: number))
    }

    package func updateCarrierTask(_ task: CarrierTask) throws(DomainError) {
        try connection.run(UpdateCarrierTaskRow(task: task))
    }

    package func deleteCarrierTask(_ key: CarrierTaskKey) throws(DomainError) {
        try connection.run(DeleteCarrierTask(key: key))
    }

    package func makeCarrierTasksDue(at moment: Timestamp) throws(DomainError) {
        try connection.run(MakeCarrierTasksDue(moment: moment))
    }

    package func carrierSide(of number: NumberKey) throws(DomainError) -> CarrierSide {
        try connection.first(CarrierSideOf(number: number)) ?? CarrierSide()
    }

    package func updateCarrierSide(
        _ side: CarrierSide, of number: NumberKey
    ) throws(DomainError) {
        try connection.run(UpdateCarrierSideOf(number: number, side: side))
    }

    package func updateCarrierSettings(_ number: NumberRecord) throws(DomainError) {
        guard try connection.run(UpdateCarrierSettings(number: number)) == 1 else {
            throw DomainError(
                .corruptData, "A number's row is not as the route table has it.",
                facts: ["number": number.e164.description])
        }
    }
}

extension SQLiteReader: CarrierTaskReader {
    package func carrierTasksDue(
        by moment: Timestamp, limit: Int
    ) throws(DomainError) -> [CarrierTask] {
        try connection.all(CarrierTasksDue(moment: moment, limit: limit))
    }

    package func carrierTask(_ key: CarrierTaskKey) throws(DomainError) -> CarrierTask? {
        try connection.first(CarrierTaskByKey(key: key))
    }

    package func carrierTasks(of number: NumberKey) throws(DomainError) -> [CarrierTask] {
        try connection.all(CarrierTasksOfNumber(number: number))
    }

    package func carrierSide(of number: NumberKey) throws(DomainError) -> CarrierSide {
        try connection.first(CarrierSideOf(number: number)) ?? CarrierSide()
    }
}

using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>What a connector is made from: its system's name, its settings with secrets resolved, and the hub's shared services.</summary>
public sealed record ConnectorContext(SystemId System, IReadOnlyDictionary<string, string> Settings, IVendorBudget Budget, ITokenStore Tokens, TimeProvider Time)
{
    /// <summary>The public base address of this hub ("https://hub.example.com"), under which vendors call hooks/{system}.</summary>
    public Uri? PublicBase { get; init; }

    /// <summary>Every answer's Date header, for the measurement of the vendor's clock: (vendor's time, time sent, time answered).</summary>
    public Action<DateTimeOffset, DateTimeOffset, DateTimeOffset>? ClockReading { get; init; }

    /// <summary>Every call sent: its operation name ("contacts.batchUpsert") and the records it carried, for the bill and the tests.</summary>
    public Action<string, int>? Called { get; init; }

    /// <summary>The vendor refused the credential itself: it may have been renewed where it is kept.</summary>
    public Action? CredentialRefused { get; init; }

    public override string ToString() => System.ToString();
}

/// <summary>Makes connectors of one vendor; <c>Connectors.cs</c> lists them all.</summary>
public interface IConnectorFactory
{
    ConnectorInfo Info { get; }

    /// <summary>Sentences about settings that are missing or wrong; asked before <see cref="Create"/>.</summary>
    IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings);

    IConnector Create(ConnectorContext context);
}

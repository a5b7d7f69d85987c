using System.Text.Json.Serialization;

namespace StackHub.Audit.Reports;

// The part of SARIF 2.1.0 that is used, in the specification's own names: docs.oasis-open.org/sarif/sarif/v2.1.0.

internal sealed record SarifDocument([property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<SarifRun> Runs);

internal sealed record SarifRun(SarifTool Tool, SarifRunIdentity AutomationDetails, string ColumnKind, IReadOnlyList<SarifResult> Results);

internal sealed record SarifTool(SarifDriver Driver);

internal sealed record SarifDriver(string Name, string Version, IReadOnlyList<SarifRule> Rules);

internal sealed record SarifRule(string Id, SarifMessage ShortDescription, SarifMessage FullDescription, SarifRuleDefault DefaultConfiguration, SarifRuleProperties Properties);

internal sealed record SarifRuleDefault(string Level);

internal sealed record SarifRuleProperties(IReadOnlyList<string> Tags);

internal sealed record SarifRunIdentity(string Id);

internal sealed record SarifMessage(string Text);

internal sealed record SarifResult(
    string RuleId,
    int RuleIndex,
    string Level,
    string Kind,
    SarifMessage Message,
    IReadOnlyList<SarifLocation> Locations,
    IReadOnlyDictionary<string, string> Fingerprints,
    IReadOnlyDictionary<string, string> PartialFingerprints,
    string BaselineState,
    IReadOnlyList<SarifSuppression>? Suppressions,
    SarifResultProperties Properties);

internal sealed record SarifLocation(SarifPhysicalLocation PhysicalLocation, IReadOnlyList<SarifLogicalLocation> LogicalLocations);

internal sealed record SarifPhysicalLocation(SarifArtifact ArtifactLocation, SarifRegion Region);

internal sealed record SarifArtifact(string Uri);

internal sealed record SarifRegion(int StartLine);

internal sealed record SarifLogicalLocation(string FullyQualifiedName, string Kind);

internal sealed record SarifSuppression(string Kind, string Status, string Justification);

internal sealed record SarifResultProperties(string Severity, decimal? SavingPerYear, string? Currency, string? Due);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, WriteIndented = true, NewLine = "\n", DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SarifDocument))]
internal sealed partial class SarifJson : JsonSerializerContext;

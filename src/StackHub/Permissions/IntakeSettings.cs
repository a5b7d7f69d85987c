namespace StackHub.Permissions;

/// <summary>The form that anybody can send, without signing in.</summary>
public sealed record IntakeSettings
{
    public bool Open { get; init; } = true;

    /// <summary>Who answers, as visitors know it.</summary>
    public string? Name { get; init; }

    /// <summary>Where else to turn to, such as a postal address.</summary>
    public string? Contact { get; init; }

    /// <summary>The law and place by which somebody is answered whose own place has none ("eu-gdpr/DE"); null for none.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Whether officers may see a code, to bring it to the person by phone or letter; null where nothing is said.</summary>
    public bool? CodesByHand { get; init; }
}

/// <summary>Where codes and alarms are handed over, signed as Standard Webhooks say.</summary>
/// <param name="Secret">A reference to the secret, never the secret.</param>
public sealed record NotifySettings(Uri Url, string Secret);

/// <summary>What other companies' systems are told of this hub by OpenDSR.</summary>
/// <param name="Domain">The domain that answers and callbacks are signed for.</param>
public sealed record OpenDsrSettings(string Domain)
{
    /// <summary>The specification names no version of its examples that all its users share: some expect 1.0, some 2.0 or 3.0.</summary>
    public string ApiVersion { get; init; } = "2.0";

    /// <summary>What the headers begin with; "OpenGDPR" or "OpenCompliance" for controllers that speak one of its former names.</summary>
    public string HeaderPrefix { get; init; } = "OpenDSR";

    /// <summary>A reference to certificate and private key in PEM; null lets the hub make a certificate of its own, which nobody but a tester trusts.</summary>
    public string? Certificate { get; init; }

    /// <summary>The place whose law counts for requests under "gdpr" and under "ccpa".</summary>
    public string GdprPlace { get; init; } = "EU";
}

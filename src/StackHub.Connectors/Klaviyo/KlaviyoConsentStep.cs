namespace StackHub.Connectors.Klaviyo;

/// <summary>What has to be done about one person's opt-out.</summary>
internal abstract record KlaviyoConsentStep
{
    private KlaviyoConsentStep()
    {
    }

    public sealed record Nothing : KlaviyoConsentStep;

    public sealed record Suppress : KlaviyoConsentStep;

    public sealed record Unsuppress : KlaviyoConsentStep;

    public sealed record Unsubscribe(string List) : KlaviyoConsentStep;

    public sealed record Subscribe(string List) : KlaviyoConsentStep;

    public sealed record Refuse(string Code, string Message) : KlaviyoConsentStep;

    /// <summary>Pure. Nobody is subscribed who has not opted out before: that somebody did not say no is not a yes.</summary>
    public static KlaviyoConsentStep Decide(bool isOptOutWanted, KlaviyoSubscription now, KlaviyoOptions options)
    {
        if (now.IsOptedOut(options.List) == isOptOutWanted)
            return new Nothing();
        if (isOptOutWanted)
            return OptOut(options);
        if (now.IsOnlySuppressedByUs(options.List))
            return new Unsuppress();
        return options.OptInList is { } list
            ? new Subscribe(list)
            : new Refuse("OPT_IN_NOT_CONFIGURED", "Klaviyo takes a person's own opt-out back only by subscribing them to a list: set 'optInList'.");
    }

    private static KlaviyoConsentStep OptOut(KlaviyoOptions options)
    {
        if (!options.UnsubscribesFromList)
            return new Suppress();
        return options.List is { } list
            ? new Unsubscribe(list)
            : new Refuse("LIST_NOT_CONFIGURED", "An unsubscription without a list would be from everything: set 'list', or 'optOutBy: suppress'.");
    }
}

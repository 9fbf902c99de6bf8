"""Words that are left out of explanations, whatever weight a model gives them."""

_STOP_WORDS = """
    a about above after again all also am an and any are as at be because been before being below
    between both but by can could did do does doing down during each few for from further get gets
    getting go going got had has have having he her here hers herself him himself his how i if i'd i'll
    i'm i've im in into is it it'd it'll it's its itself just let's me more most my myself now of off on
    once one only or other our ours ourselves out over own rt s same she she's should so some such t
    than that that's the their theirs them themselves then there there's these they they'd they'll
    they're they've this those through to too under until up us very was we we'd we'll we're we've were
    what what's when where which while who who's whom why will with would you you'd you'll you're you've
    your yours yourself yourselves no not never none nope nor neither cannot cant wont dont doesnt didnt
    isnt arent wasnt werent don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't can't
    couldn't shouldn't wouldn't won't ain't
    """

STOP_WORDS = frozenset(_STOP_WORDS.split())

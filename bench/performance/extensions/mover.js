// Does nothing by itself: an extension that opens tabs and closes them when it is told to, so that ours only hears of it.

"""Entry point of python -m wwz."""

import sys

from wwz.cli import main

sys.exit(main())

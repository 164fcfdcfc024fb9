class BaseOperatorLink:
    pass
